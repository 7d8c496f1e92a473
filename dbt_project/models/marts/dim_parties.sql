with told_parties as (
    select party as party_id from {{ ref('int_meeting_participants') }}
    where party is not null
    union
    select unnest(parties) as party_id from {{ ref('int_meetings') }}
    union
    select unnest(speakers) as party_id from {{ ref('int_statements') }}
    union
    select unnest(addressees) as party_id from {{ ref('int_statements') }}
    union
    select compared_as as party_id from {{ ref('party_equivalents') }}
)

select
    coalesce(known.party_id, told.party_id) as party_id,
    coalesce(known.party_name, told.party_id) as party_name,
    coalesce(known.party_type, 'text') as party_type,
    coalesce(known.country_code, if(length(equivalents.compared_as) = 3, equivalents.compared_as, null))
        as country_code,
    coalesce(known.aliases, []) as aliases
from {{ ref('stg_parties') }} as known
full outer join told_parties as told on known.party_id = told.party_id
left join {{ ref('party_equivalents') }} as equivalents
    on coalesce(known.party_id, told.party_id) = equivalents.party
