{% macro evaluate(model, source=none, threshold=none, label=none, problem_type=none) -%}
    {{ return(adapter.dispatch('evaluate', 'goldloop')(model, source, threshold, label, problem_type)) }}
{%- endmacro %}

{% macro default__evaluate(model, source=none, threshold=none, label=none, problem_type=none) -%}
    {{ goldloop._raise_unsupported('evaluate') }}
{%- endmacro %}

{% macro duckdb__evaluate(model, source=none, threshold=none, label=none, problem_type=none) -%}
    {%- do goldloop._require_relation('evaluate', 'model', model) -%}
    {%- if not execute -%}
        {{ return('select 1 as evaluated_at_run_time') }}
    {%- endif -%}
    {%- set evaluated = goldloop._evaluated(model, label, problem_type) -%}
    {%- if source is none -%}
        {{ goldloop._stored_metrics(model, goldloop._metric_names(evaluated.problem_type)) }}
    {%- else -%}
        {%- set rows = goldloop.predict(model, source, threshold) -%}
        {%- set registry = adapter.quote(model.database) ~ '.goldloop' -%}
        {{ goldloop._evaluation_of(model, registry, rows, evaluated) }}
    {%- endif -%}
{%- endmacro %}
