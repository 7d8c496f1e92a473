{# A span lies inside its article's text. DuckDB's length() counts code points, as the spans do. #}
{% test span_in_article(model) %}
    select tested.*
    from {{ model }} as tested
    inner join {{ ref('dim_articles') }} as articles on tested.article_id = articles.article_id
    where
        tested.char_start < 0
        or tested.char_end <= tested.char_start
        or tested.char_end > length(articles.text)
{% endtest %}
