{# A model's schema is the one it names, not "<target schema>_<name>": the served file copies the schema `marts`. #}
{% macro generate_schema_name(custom_schema_name, node) -%}
    {{ custom_schema_name | trim if custom_schema_name else target.schema }}
{%- endmacro %}
