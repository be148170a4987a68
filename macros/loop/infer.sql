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

    {# Filtered before scoring, so that a build costs what is new. -#}
    unseen as (
        select arriving.*
        from arriving
        {%- if is_incremental() %}
        anti join {{ this }} as seen
            on
                arriving._entity_key is not distinct from seen._entity_key
                and arriving._model = seen._model
                and arriving._model_version = seen._model_version
                and arriving._input_fingerprint = seen._input_fingerprint
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
