{# A row that names a fact by type and key names one that is there. #}
{% test fact_exists(model, fact_type='fact_type', fact_id='fact_id') %}
    with facts as (
        select
            'meeting' as fact_type,
            meeting_id as fact_id
        from {{ ref('fct_meetings') }}
        union all
        select
            'commitment' as fact_type,
            commitment_id as fact_id
        from {{ ref('fct_commitments') }}
        union all
        select
            'demand' as fact_type,
            demand_id as fact_id
        from {{ ref('fct_demands') }}
    )

    select tested.*
    from {{ model }} as tested
    anti join facts
        on tested.{{ fact_type }} = facts.fact_type and tested.{{ fact_id }} = facts.fact_id
{% endtest %}
