{#-
    The same requests as several see them: earlier generations of the damage
    models, scored now by the versions that they were; the last one, by models of
    five folds made as it is, as it has learnt from these very requests; and the
    technician. No generation had a label of them: their repair was done after
    the build of the generation in `since_generation`.
-#}
{%- set compared = generations_compared() %}

with

photographs as (

    select
        photographs.photo_id,
        photographs.request_id,
        photographs.embedding,
        outcomes.completed_at::date as done_on
    from {{ ref('damage_training_photographs') }} as photographs
    inner join {{ ref('repair_outcomes') }} as outcomes
        on photographs.request_id = outcomes.request_id

),

out_of_fold as (

    select * from {{ ref('damage_out_of_fold') }}

),

labels as (

    select * from {{ ref('repair_labels') }}

),
{% for comparison in compared %}
{%- set since = comparison.since %}
photographs_{{ since }} as (

    select * from photographs
    where done_on > date '{{ comparison.until }}'

),
{% for generation in comparison.generations %}
{%- set name = since ~ '_' ~ generation.damage %}
assessed_{{ name }} as (

    {{ goldloop.predict(
        ref('damage_assessment'),
        '(select * from photographs_' ~ since ~ ')',
        columns=['request_id'],
        version=generation.damage
    ) }}

),

severities_{{ name }} as (

    {{ goldloop.predict(
        ref('damage_severity'),
        '(select * from photographs_' ~ since ~ ')',
        columns=['request_id'],
        version=generation.severity
    ) }}

),

seen_{{ name }} as (

    select
        {{ since }} as since_generation,
        'generation {{ generation.damage }}' as seen_by,
        {{ generation.damage }} as generation,
        damages.request_id,
        damages.damage_type,
        severities.severity
    from (
        {{ damages_of_requests('assessed_' ~ name) }}
    ) as damages
    inner join (
        {{ severities_of_requests('severities_' ~ name) }}
    ) as severities
        on damages.request_id = severities.request_id

),
{% endfor %}
out_of_fold_{{ since }} as (

    select * from out_of_fold
    where photo_id in (select each.photo_id from photographs_{{ since }} as each)

),

seen_{{ since }} as (
    {% for generation in comparison.generations %}
    select * from seen_{{ since }}_{{ generation.damage }}
    union all
    {%- endfor %}
    select
        {{ since }} as since_generation,
        'generation ' || latest.version || ', out of fold' as seen_by,
        latest.version as generation,
        damages.request_id,
        damages.damage_type,
        severities.severity
    from (
        {{ damages_of_requests('out_of_fold_' ~ since) }}
    ) as damages
    inner join (
        {{ severities_of_requests('out_of_fold_' ~ since) }}
    ) as severities
        on damages.request_id = severities.request_id
    cross join (
        select max(version) as version
        from {{ ref('damage_assessment') }}
    ) as latest
    union all
    select
        {{ since }} as since_generation,
        'technician' as seen_by,
        null as generation,
        request_id,
        damage_type,
        severity::double as severity
    from labels
    where
        request_id in (
            select each.request_id from photographs_{{ since }} as each
        )

),
{% endfor %}
final as (
    {% for comparison in compared %}
    select
        since_generation,
        seen_by,
        generation::bigint as generation,
        request_id,
        damage_type,
        round(greatest(0, least(1, severity)), 6) as severity
    from seen_{{ comparison.since }}
    {%- if not loop.last %}
    union all
    {%- endif %}
    {%- endfor %}

)

select * from final
