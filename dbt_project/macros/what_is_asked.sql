{#
  What a demand asks for, without the words of asking: "urged X to do Y" and "X should do Y" ask for "do Y". Where the
  demand is put in another way, all of it.
#}
{% macro what_is_asked(statement) -%}
    {%- set asking = 'urg\\w+|call\\w* (?:up)?on|appeal\\w*|ask\\w*|request\\w*|press\\w*|invit\\w+|encourag\\w+|want\\w*|remind\\w*|advis\\w+|warn\\w*|order\\w*|demand\\w*' -%}
    coalesce(
        nullif(regexp_extract({{ statement }}, '(?is)\b(?:{{ asking }})\b.{0,120}?\bto\s+(.+)$', 1), ''),
        nullif(regexp_extract({{ statement }}, '(?is)\b(?:should|must|has to|have to|ought to|needs? to)\s+(.+)$', 1), ''),
        {{ statement }}
    )
{%- endmacro %}
