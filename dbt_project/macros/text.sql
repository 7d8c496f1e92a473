{# Words for comparison: small letters without accents, everything else than letters and digits as one blank. #}
{% macro plain_text(text) -%}
    trim(regexp_replace(lower(strip_accents({{ text }})), '[^a-z0-9]+', ' ', 'g'))
{%- endmacro %}

{# The distinct words of a text, plain, in order of the alphabet; an empty list for null. #}
{% macro words(text) -%}
    list_sort(list_distinct(list_filter(string_split(coalesce({{ plain_text(text) }}, ''), ' '), lambda word: word <> '')))
{%- endmacro %}

{# Share of two lists' members that both hold; null where both are empty. #}
{% macro list_overlap(left_list, right_list) -%}
    len(list_intersect({{ left_list }}, {{ right_list }}))
    / nullif(len({{ left_list }}) + len({{ right_list }}) - len(list_intersect({{ left_list }}, {{ right_list }})), 0)
{%- endmacro %}

{# A key that depends on the given parts alone: the same on every machine, after every refresh. #}
{% macro stable_id(prefix, parts) -%}
    '{{ prefix }}_' || left(md5({{ parts | join(" || '|' || ") }}), 16)
{%- endmacro %}
