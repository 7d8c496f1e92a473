select
    {{ stable_id('o', ['people.person_id', 'plain_office']) }} as office_id,
    people.person_id,
    mode(mentions.party order by mentions.party) as party_id,
    {{ plain_text('mentions.role') }} as plain_office,
    mode(mentions.role order by mentions.role) as office,
    coalesce(any_value(levels.level), 'unknown') as level,
    min(mentions.article_date) as first_seen_date,
    max(mentions.article_date) as last_seen_date,
    count(distinct mentions.article_id) as n_articles
from {{ ref('int_person_mentions') }} as mentions
inner join {{ ref('int_people') }} as people
    on mentions.plain_name = people.plain_name and mentions.party_key is not distinct from people.party_key
left join {{ ref('int_role_levels') }} as levels on mentions.role = levels.role
where mentions.role is not null
group by people.person_id, plain_office
