{#
  The group is named by its earliest member: a copy that comes later does not rename it.
#}
with members as (
    select
        clusters.article_id,
        clusters.cluster_id,
        versions.article_date,
        versions.publisher
    from {{ ref('int_syndication_clusters') }} as clusters
    inner join {{ ref('int_articles_current') }} as versions on clusters.article_id = versions.article_id
)

select
    article_id,
    first_value(article_id) over (
        partition by cluster_id
        order by article_date nulls last, article_id
    ) as syndication_group_id,
    count(*) over (partition by cluster_id) as n_copies
from members
