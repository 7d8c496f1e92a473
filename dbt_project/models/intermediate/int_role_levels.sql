{#
  The level of an office by the longest pattern that its title holds: "deputy foreign minister" is an official although
  "foreign minister" is a minister.
#}
with roles as (
    select distinct role from {{ ref('stg_participant_mentions') }}
    where role is not null
),

patterns as (
    select
        unnest(string_split(pattern, '|')) as phrase,
        level,
        rank
    from {{ ref('office_levels') }}
)

select
    roles.role,
    arg_max(patterns.level, (length(patterns.phrase), -patterns.rank)) as level,
    arg_max(patterns.rank, (length(patterns.phrase), -patterns.rank)) as rank
from roles
inner join patterns
    on contains(' ' || {{ plain_text('roles.role') }} || ' ', ' ' || patterns.phrase || ' ')
group by roles.role
