{#
  Spellings of one person's full name within a party: the same words in another order or with some left out, or the same
  family name with a given name that is alike or an initial. Names of one word are too short to join full names by.
#}
with names as (
    select * from {{ ref('int_person_names') }}
    where n_parts >= 2 and party_key is not null
),

keys as (
    select
        person_name_id,
        party_key,
        unnest(list_distinct(name_parts || [left(name_parts[-1], 4)])) as name_key
    from names
),

candidates as (
    select distinct
        left_key.person_name_id as left_name_id,
        right_key.person_name_id as right_name_id
    from keys as left_key
    inner join keys as right_key
        on
            left_key.party_key = right_key.party_key
            and left_key.name_key = right_key.name_key
            and left_key.person_name_id < right_key.person_name_id
),

compared as (
    select
        candidates.left_name_id,
        candidates.right_name_id,
        len(list_intersect(left_name.name_parts, right_name.name_parts)) as n_shared,
        least(left_name.n_parts, right_name.n_parts) as n_shorter,
        jaro_winkler_similarity(left_name.name_parts[-1], right_name.name_parts[-1]) as family_name_similarity,
        jaro_winkler_similarity(left_name.name_parts[1], right_name.name_parts[1]) as given_name_similarity,
        left_name.name_parts[1][1] = right_name.name_parts[1][1]
        and least(length(left_name.name_parts[1]), length(right_name.name_parts[1])) = 1 as is_initial,
        jaro_winkler_similarity(left_name.plain_name, right_name.plain_name) as name_similarity
    from candidates
    inner join names as left_name on candidates.left_name_id = left_name.person_name_id
    inner join names as right_name on candidates.right_name_id = right_name.person_name_id
)

select
    left_name_id,
    right_name_id,
    name_similarity
from compared
where
    (n_shared >= 2 and n_shared = n_shorter)
    or (family_name_similarity >= 0.93 and (is_initial or given_name_similarity >= 0.84))
