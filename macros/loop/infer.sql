{% macro infer(model, source, entity_key, threshold=none, inputs=none) -%}
    {{ return(adapter.dispatch('infer', 'goldloop')(model, source, entity_key, threshold, inputs)) }}
{%- endmacro %}

{% macro default__infer(model, source, entity_key, threshold=none, inputs=none) -%}
    {{ goldloop._raise_unsupported('infer') }}
{%- endmacro %}

{% macro duckdb__infer(model, source, entity_key, threshold=none, inputs=none) -%}
    {%- set provenance = [
        '_model', '_model_version', '_predicted_at', '_invocation_id', '_entity_key',
        '_input_fingerprint',
    ] -%}
    with arriving as (
        select
            _goldloop_row.*,
            {{ goldloop.provenance(model, entity_key, '_goldloop_row', inputs) | indent(12) }}
        from {{ goldloop._rows('infer', source) }} as _goldloop_row
    ),

    {%- if is_incremental() %}

    {# What `latest_inferences` takes one of: all that was said of an entity at its last moment. -#}
    latest as (
        select seen._entity_key, seen._model, seen._model_version, seen._input_fingerprint
        from {{ this }} as seen
        semi join arriving on seen._entity_key is not distinct from arriving._entity_key
        qualify rank() over (
            partition by seen._entity_key
            order by seen._predicted_at desc, seen._model_version desc
        ) = 1
    ),

    changed as (
        select arriving._entity_key
        from arriving
        anti join latest
            on
                arriving._entity_key is not distinct from latest._entity_key
                and arriving._model = latest._model
                and arriving._model_version = latest._model_version
                and arriving._input_fingerprint = latest._input_fingerprint
    ),
    {%- endif %}

    {#
        Filtered before scoring, so that a build costs what is new. An entity's rows go together:
        appended alone, one of two would leave the other out of the latest, to be appended next.
    -#}
    unseen as (
        select arriving.*
        from arriving
        {%- if is_incremental() %}
        semi join changed on arriving._entity_key is not distinct from changed._entity_key
        {%- endif %}
    ),

    scored as (
        select
            _goldloop_row.*,
            {{ goldloop._prediction('infer', model, '_goldloop_row', threshold) }}
                as _goldloop_prediction
        from unseen as _goldloop_row
    )

    select
        scored.* exclude ({{ provenance | join(', ') }}, _goldloop_prediction),
        unnest(scored._goldloop_prediction),
        {%- for column in provenance %}
        scored.{{ column }}{{ ',' if not loop.last }}
        {%- endfor %}
    from scored
{%- endmacro %}
