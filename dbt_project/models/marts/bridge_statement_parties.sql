with sides as (
    select
        statement_id,
        statement_class,
        unnest(speakers) as party_id,
        'speaker' as side
    from {{ ref('int_statements') }}
    union all
    select
        statement_id,
        statement_class,
        unnest(addressees) as party_id,
        'addressee' as side
    from {{ ref('int_statements') }}
)

select
    {{ stable_id('x', ['statement_id', 'party_id', 'side']) }} as statement_party_id,
    statement_id,
    statement_class,
    party_id,
    side
from sides
