{% test bad_records_below(model, threshold, feed_column=none, landed=none) -%}
    {{ return(adapter.dispatch('test_bad_records_below', 'goldloop')(model, threshold, feed_column, landed)) }}
{%- endtest %}

{% macro default__test_bad_records_below(model, threshold, feed_column=none, landed=none) -%}
    {%- set feed = adapter.quote(feed_column) if feed_column else "'all'" -%}
    with bad as (
        select {{ feed }} as feed, count(*) as bad_records
        from {{ model }}
        group by 1
    ){% if landed %},

    good as (
        select {{ feed }} as feed, count(*) as good_records
        from {{ landed }}
        group by 1
    ){% endif %}

    select
        bad.feed,
        bad.bad_records,
        {% if landed -%}
        bad.bad_records * 1.0 / (bad.bad_records + coalesce(good.good_records, 0)) as measured,
        {%- else -%}
        bad.bad_records as measured,
        {%- endif %}
        {{ threshold }} as threshold
    from bad
    {% if landed -%}
    left join good on bad.feed = good.feed
    where bad.bad_records * 1.0 / (bad.bad_records + coalesce(good.good_records, 0)) >= {{ threshold }}
    {%- else -%}
    where bad.bad_records >= {{ threshold }}
    {%- endif %}
{%- endmacro %}
