select
    statements.statement_id,
    people.person_id
from {{ ref('int_statements') }} as statements
inner join {{ ref('int_person_mentions') }} as mentions
    on statements.statement_mention_id = mentions.person_mention_id
inner join {{ ref('int_people') }} as people
    on mentions.plain_name = people.plain_name and mentions.party_key is not distinct from people.party_key
