select
    mentions.participant_mention_id,
    mentions.meeting_mention_id,
    mentions.article_id,
    mentions.position,
    mentions.person_name,
    mentions.role,
    mentions.party,
    mentions.part,
    mentions.parser_version
from {{ source('stages', 'participant_mentions') }} as mentions
inner join {{ ref('stg_parsed_articles') }} as parsed
    on mentions.article_id = parsed.article_id and mentions.batch_id = parsed.batch_id
qualify {{ latest_row('mentions.participant_mention_id', batch='mentions.batch_id') }}
