{#
  Two meetings are rounds of one series when the same parties meet at the same level and the names, without number and
  states, do not differ; or when the names are alike and parties are shared. Unnumbered, unnamed talks have no series.
#}
with members as (
    select
        *,
        array_to_string(party_keys, '|') as party_set,
        array_to_string(name_stems, ' ') as name_key
    from {{ ref('int_series_members') }}
),

keys as (
    select
        meeting_id,
        'parties:' || party_set as series_key
    from members
    where len(party_keys) >= 2
    union all
    select
        meeting_id,
        'name:' || name_key as series_key
    from members
    where name_key <> ''
),

candidates as (
    select distinct
        left_key.meeting_id as left_meeting_id,
        right_key.meeting_id as right_meeting_id
    from keys as left_key
    inner join keys as right_key
        on left_key.series_key = right_key.series_key and left_key.meeting_id < right_key.meeting_id
),

compared as (
    select
        candidates.left_meeting_id,
        candidates.right_meeting_id,
        one.party_set = other.party_set as has_same_parties,
        {{ list_overlap('one.party_keys', 'other.party_keys') }} as party_overlap,
        coalesce({{ list_overlap('one.name_stems', 'other.name_stems') }}, 0) as name_likeness,
        least(len(one.name_stems), len(other.name_stems)) > 0 as have_both_names,
        one.level = other.level or one.level = 'unknown' or other.level = 'unknown' as is_same_level,
        one.kind = other.kind as is_same_kind,
        coalesce(one.ordinal <> other.ordinal, false) as are_rounds,
        len(one.party_keys) >= 3 as are_many
    from candidates
    inner join members as one on candidates.left_meeting_id = one.meeting_id
    inner join members as other on candidates.right_meeting_id = other.meeting_id
)

select
    left_meeting_id,
    right_meeting_id,
    round(coalesce(party_overlap, 0) + name_likeness + if(are_rounds, 1, 0), 4) as score
from compared
where
    (
        has_same_parties
        and is_same_level
        and (name_likeness >= 0.5 or (not have_both_names and (are_rounds or are_many)))
    )
    or (name_likeness >= 0.75 and party_overlap >= 0.3 and is_same_level)
