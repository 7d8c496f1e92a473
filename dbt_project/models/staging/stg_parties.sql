with countries as (
    select
        code as party_id,
        name as party_name,
        'state' as party_type,
        -- Territories without an ISO code go by their name.
        if(regexp_full_match(code, '[A-Z]{3}'), code, null) as country_code,
        list_filter(
            string_split(concat_ws('|', aliases, adjectives, people, capital), '|'), lambda alias: alias <> ''
        ) as aliases
    from {{ source('reference', 'countries') }}
    where code is not null
),

-- An organisation may have several lines of aliases; the first alias of its first line is its full name.
organisation_lines as (
    select
        party,
        kind,
        row_number() over () as line_no,
        string_split(aliases, '|') as line_aliases
    from {{ source('reference', 'organisations') }}
    where party is not null
),

organisations as (
    select
        party as party_id,
        coalesce(nullif(arg_min(line_aliases[1], line_no), ''), party) as party_name,
        min(kind) as party_type,
        cast(null as varchar) as country_code,
        flatten(list(line_aliases order by line_no)) as aliases
    from organisation_lines
    group by party
)

select * from countries
union all by name
select * from organisations
