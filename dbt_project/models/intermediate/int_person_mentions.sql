with participants as (
    select
        mentions.participant_mention_id as person_mention_id,
        mentions.meeting_mention_id,
        mentions.article_id,
        mentions.person_name,
        mentions.role,
        mentions.party
    from {{ ref('stg_participant_mentions') }} as mentions
    where mentions.person_name is not null
),

-- A speaker is a person of the speaking party; of a joint statement's speaker the party is not told.
speakers as (
    select
        mentions.statement_mention_id as person_mention_id,
        cast(null as varchar) as meeting_mention_id,
        mentions.article_id,
        mentions.speaker_name as person_name,
        cast(null as varchar) as role,
        if(len(mentions.speakers) = 1, mentions.speakers[1], null) as party
    from {{ ref('stg_statement_mentions') }} as mentions
    where mentions.speaker_name is not null
),

people as (
    select * from participants
    union all by name
    select * from speakers
)

select
    people.person_mention_id,
    people.meeting_mention_id,
    people.article_id,
    people.person_name,
    -- "Jr." tells a son from his father, but most articles leave it out.
    regexp_replace({{ plain_text('people.person_name') }}, ' (jr|sr|ii|iii)$', '') as plain_name,
    people.role,
    people.party,
    coalesce(equivalents.compared_as, people.party) as party_key,
    versions.article_date
from people
inner join {{ ref('int_articles_current') }} as versions on people.article_id = versions.article_id
left join {{ ref('party_equivalents') }} as equivalents on people.party = equivalents.party
where versions.is_current and plain_name <> ''
