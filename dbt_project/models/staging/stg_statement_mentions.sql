select
    mentions.statement_mention_id,
    mentions.article_id,
    mentions.char_start,
    mentions.char_end,
    mentions.content,
    mentions.statement_class,
    mentions.kind,
    mentions.speakers,
    mentions.speaker_name,
    mentions.addressees,
    mentions.is_conditional,
    mentions.deadline as deadline_text,
    {{ last_day_of('mentions.deadline') }} as deadline_date,
    mentions.outcome_no,
    mentions.meeting_mention_id,
    mentions.rule,
    mentions.confidence,
    mentions.strength,
    mentions.plover_code,
    mentions.parser_version
from {{ source('stages', 'statement_mentions') }} as mentions
inner join {{ ref('stg_parsed_articles') }} as parsed
    on mentions.article_id = parsed.article_id and mentions.batch_id = parsed.batch_id
qualify {{ latest_row('mentions.statement_mention_id', batch='mentions.batch_id') }}
