with names as (
    select * from {{ ref('int_people') }}
),

mentions as (
    select
        names.person_id,
        mentions.person_name,
        mentions.party,
        mentions.role,
        mentions.article_id,
        mentions.article_date
    from {{ ref('int_person_mentions') }} as mentions
    inner join names
        on mentions.plain_name = names.plain_name and mentions.party_key is not distinct from names.party_key
)

select
    person_id,
    -- The fullest form that is written most.
    (
        select arg_max(names.person_name, (least(names.n_parts, 2), names.n_articles, names.n_parts, names.person_name))
        from names
        where names.person_id = mentions.person_id
    ) as person_name,
    mode(party order by party) as party_id,
    arg_max(role, (article_date, role)) filter (where role is not null) as latest_office,
    list_sort(list(distinct person_name)) as name_variants,
    count(distinct article_id) as n_articles,
    min(article_date) as first_seen_date,
    max(article_date) as last_seen_date
from mentions
group by person_id
