with held as (
    select
        people.person_id,
        mentions.party,
        mentions.role,
        {{ plain_text('mentions.role') }} as plain_office,
        mentions.article_id,
        mentions.article_date
    from {{ ref('int_person_mentions') }} as mentions
    inner join {{ ref('int_people') }} as people
        on mentions.plain_name = people.plain_name and mentions.party_key is not distinct from people.party_key
    where mentions.role is not null
)

select
    {{ stable_id('o', ['held.person_id', 'held.plain_office']) }} as office_id,
    held.person_id,
    mode(held.party order by held.party) as party_id,
    held.plain_office,
    mode(held.role order by held.role) as office,
    coalesce(min(levels.level), 'unknown') as level,
    min(held.article_date) as first_seen_date,
    max(held.article_date) as last_seen_date,
    count(distinct held.article_id) as n_articles
from held
left join {{ ref('int_role_levels') }} as levels on held.role = levels.role
group by held.person_id, held.plain_office
