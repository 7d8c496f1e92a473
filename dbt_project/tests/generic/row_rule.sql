{# Every row keeps a rule; unknown counts as broken. #}
{% test row_rule(model, rule) %}
    select *
    from {{ model }}
    where not coalesce({{ rule }}, false)
{% endtest %}
