{#
  The one row of a stored table's key that counts: of its latest batch. Batch ids sort by the time of writing, and the
  rows of a compacted batch keep theirs, so equal rows that are seen twice while batches are merged become one.
#}
{% macro latest_row(key, tie_break=[], batch='batch_id') -%}
    row_number() over (partition by {{ key }} order by {{ ([batch ~ ' desc'] + tie_break) | join(', ') }}) = 1
{%- endmacro %}
