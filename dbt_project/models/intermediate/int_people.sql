{#
  A name of one word ("Lavrov", "Hina") belongs to the person of the same party who is most written about among those who
  bear it; where nobody does, it is a person of its own. A name without a party belongs to its only bearer.
#}
with names as (
    select * from {{ ref('int_person_names') }}
),

full_names as (
    select
        names.*,
        clusters.cluster_id,
        sum(names.n_articles) over (partition by clusters.cluster_id) as n_cluster_articles
    from names
    inner join {{ ref('int_person_clusters') }} as clusters on names.person_name_id = clusters.person_name_id
),

bearers as (
    select distinct
        party_key,
        unnest(name_parts) as name_part,
        cluster_id,
        n_cluster_articles
    from full_names
    where party_key is not null
),

-- "Amir-Abdollahian" is two words here and "Lavrov" one: both are looked for by their last word.
single_words as (
    select
        names.person_name_id,
        arg_min(bearers.cluster_id, (-bearers.n_cluster_articles, bearers.cluster_id)) as cluster_id
    from names
    inner join bearers on names.party_key = bearers.party_key and names.plain_name = bearers.name_part
    where names.n_parts = 1
    group by names.person_name_id
),

without_party as (
    select
        names.person_name_id,
        min(full_names.cluster_id) as cluster_id
    from names
    inner join full_names on names.plain_name = full_names.plain_name and full_names.party_key is not null
    where names.party_key is null and names.n_parts >= 2
    group by names.person_name_id
    having count(distinct full_names.cluster_id) = 1
),

assigned as (
    select
        names.*,
        coalesce(
            without_party.cluster_id, single_words.cluster_id, full_names.cluster_id, names.person_name_id
        ) as cluster_id
    from names
    left join full_names on names.person_name_id = full_names.person_name_id
    left join single_words on names.person_name_id = single_words.person_name_id
    left join without_party on names.person_name_id = without_party.person_name_id
)

select
    person_name_id,
    first_value('p' || person_name_id[2:]) over (
        partition by cluster_id
        order by n_parts = 1, party_key is null, first_seen_date nulls last, plain_name
    ) as person_id,
    party_key,
    plain_name,
    person_name,
    n_parts,
    n_articles,
    first_seen_date
from assigned
