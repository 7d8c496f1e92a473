{# First day that a partial ISO date ("2021", "2021-09", "2021-09-16") can mean; null for none or an impossible one. #}
{% macro first_day(iso) -%}
    case length({{ iso }})
        when 4 then try_cast({{ iso }} || '-01-01' as date)
        when 7 then try_cast({{ iso }} || '-01' as date)
        else try_cast({{ iso }} as date)
    end
{%- endmacro %}

{# Last day that a partial ISO date can mean. #}
{% macro last_day_of(iso) -%}
    case length({{ iso }})
        when 4 then try_cast({{ iso }} || '-12-31' as date)
        when 7 then last_day(try_cast({{ iso }} || '-01' as date))
        else try_cast({{ iso }} as date)
    end
{%- endmacro %}

{# How exact a partial ISO date is: day, month, year, or null. #}
{% macro date_precision(iso) -%}
    case length({{ iso }}) when 4 then 'year' when 7 then 'month' when 10 then 'day' end
{%- endmacro %}
