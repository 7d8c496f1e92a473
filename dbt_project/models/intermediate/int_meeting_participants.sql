{#
  Who took part, once each: a person by the person, a party whose people nobody names by the party and the office.
#}
with telling as (
    select
        members.meeting_id,
        members.article_id,
        members.meeting_mention_id
    from {{ ref('int_meeting_members') }} as members
    inner join {{ ref('int_meeting_mentions') }} as mentions
        on members.meeting_mention_id = mentions.meeting_mention_id
    -- Passing mentions leave out and mix up: they tell who took part only where no article reports the meeting.
    qualify not mentions.is_background or bool_and(mentions.is_background) over (partition by members.meeting_id)
),

mentions as (
    select
        members.meeting_id,
        members.article_id,
        mentions.participant_mention_id,
        mentions.position,
        mentions.party,
        coalesce(equivalents.compared_as, mentions.party) as party_key,
        mentions.role,
        mentions.part,
        person_mentions.person_name,
        people.person_id
    from {{ ref('stg_participant_mentions') }} as mentions
    inner join telling as members on mentions.meeting_mention_id = members.meeting_mention_id
    left join {{ ref('party_equivalents') }} as equivalents on mentions.party = equivalents.party
    left join {{ ref('int_person_mentions') }} as person_mentions
        on mentions.participant_mention_id = person_mentions.person_mention_id
    left join {{ ref('int_people') }} as people
        on
            person_mentions.plain_name = people.plain_name
            and person_mentions.party_key is not distinct from people.party_key
),

marked as (
    select
        *,
        bool_or(person_id is not null) over (partition by meeting_id, party_key) and party_key is not null
            as has_named_people
    from mentions
),

kept as (
    -- "The foreign ministers" of a party say nothing beside the minister's name.
    select
        *,
        coalesce(person_id, 'party:' || coalesce(party_key, '') || ':' || coalesce({{ plain_text('role') }}, ''))
            as participant_key
    from marked
    where person_id is not null or not has_named_people
),

-- One unnamed row a party: of several offices told, the one most articles tell.
gathered as (
    select
        meeting_id,
        person_id,
        participant_key,
        party_key,
        mode(party order by party) as party,
        mode(role order by role) as role,
        case
            when bool_or(part = 'chair') then 'chair'
            when bool_or(part = 'host') then 'host'
            else 'attendee'
        end as part,
        count(distinct article_id) as n_articles,
        min(position) as position
    from kept
    group by meeting_id, person_id, participant_key, party_key
)

select
    meeting_id,
    person_id,
    party,
    party_key,
    role,
    part,
    n_articles,
    position
from gathered
where party is not null or person_id is not null
qualify
    row_number() over (
        partition by meeting_id, coalesce(person_id, party_key)
        order by n_articles desc, role is null, position asc, party_key asc, participant_key asc
    ) = 1
