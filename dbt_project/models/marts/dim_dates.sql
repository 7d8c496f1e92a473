-- Every day from the first to the last that any fact or article names; impossible outliers would make the table long.
with told as (
    select start_date as told_date from {{ ref('int_meetings') }}
    union all
    select end_date as told_date from {{ ref('int_meetings') }}
    union all
    select statement_date as told_date from {{ ref('int_statements') }}
    union all
    select deadline_date as told_date from {{ ref('int_statements') }}
    union all
    select article_date as told_date from {{ ref('int_articles_current') }}
),

bounds as (
    select
        min(told_date) as first_date,
        max(told_date) as last_date
    from told
    where told_date between date '1700-01-01' and date '2200-12-31'
),

days as (
    select cast(unnest(generate_series(first_date, last_date, interval 1 day)) as date) as date_day
    from bounds
    where first_date is not null
)

select
    date_day,
    year(date_day) as year,
    quarter(date_day) as quarter,
    month(date_day) as month,
    strftime(date_day, '%Y-%m') as year_month,
    isoyear(date_day) as iso_year,
    week(date_day) as iso_week,
    isodow(date_day) as iso_weekday,
    dayname(date_day) as weekday_name,
    isodow(date_day) >= 6 as is_weekend
from days
