-- One piece of input may be set aside for several reasons; a merged batch may show a row twice.
with set_aside as (
    {% for table in ['quarantine_documents', 'quarantine_articles', 'quarantine_mentions'] -%}
        select
            stage,
            source_path,
            locator,
            document_id,
            article_id,
            reason_code,
            reason,
            sample,
            code_version,
            set_aside_at,
            batch_id
        from {{ source('stages', table) }}
        {% if not loop.last %}union all{% endif %}
    {% endfor %}
),

identified as (
    select
        {{ stable_id('q', [
            'stage', 'source_path', "coalesce(locator, '')", "coalesce(document_id, '')", "coalesce(article_id, '')",
            'reason_code', 'reason', "coalesce(sample, '')", 'batch_id'
        ]) }} as quarantine_id,
        stage,
        source_path,
        locator,
        document_id,
        article_id,
        reason_code,
        reason,
        sample,
        code_version,
        set_aside_at,
        batch_id
    from set_aside
)

select * from identified
qualify row_number() over (partition by quarantine_id order by set_aside_at) = 1
