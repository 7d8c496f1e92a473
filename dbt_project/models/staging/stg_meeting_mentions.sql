select
    mentions.meeting_mention_id,
    mentions.article_id,
    mentions.char_start,
    mentions.char_end,
    mentions.evidence,
    mentions.status,
    mentions.mode,
    mentions.format,
    mentions.kind,
    mentions.name as meeting_name,
    mentions.ordinal,
    mentions.start_date as start_date_text,
    coalesce(mentions.end_date, mentions.start_date) as end_date_text,
    {{ first_day('mentions.start_date') }} as start_date,
    -- A last day before the first one is a misreading; the first day stands.
    greatest(
        {{ last_day_of('mentions.start_date') }},
        coalesce({{ last_day_of('mentions.end_date') }}, {{ last_day_of('mentions.start_date') }})
    ) as end_date,
    {{ date_precision('mentions.start_date') }} as date_precision,
    mentions.place,
    mentions.country_code,
    mentions.is_background,
    mentions.rule,
    mentions.confidence,
    mentions.plover_code,
    mentions.parser_version
from {{ source('stages', 'meeting_mentions') }} as mentions
inner join {{ ref('stg_parsed_articles') }} as parsed
    on mentions.article_id = parsed.article_id and mentions.batch_id = parsed.batch_id
qualify {{ latest_row('mentions.meeting_mention_id', batch='mentions.batch_id') }}
