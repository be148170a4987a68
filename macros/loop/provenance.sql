{% macro provenance(model, entity_key, alias='src', inputs=none) -%}
    {{ return(adapter.dispatch('provenance', 'goldloop')(model, entity_key, alias, inputs)) }}
{%- endmacro %}

{% macro default__provenance(model, entity_key, alias='src', inputs=none) -%}
    {{ goldloop._raise_unsupported('provenance') }}
{%- endmacro %}

{% macro duckdb__provenance(model, entity_key, alias='src', inputs=none) -%}
    {%- do goldloop._require_relation('provenance', 'model', model) -%}
    {%- do goldloop._require_column_name('provenance', 'entity_key', entity_key) -%}
    {%- set fields = [] -%}
    {%- for column in inputs or [] -%}
        {%- set quoted = adapter.quote(column) -%}
        {%- do fields.append(quoted ~ ' := ' ~ alias ~ '.' ~ quoted) -%}
    {%- endfor -%}
    {%- set fingerprinted = 'struct_pack(' ~ fields | join(', ') ~ ')' if fields else alias -%}
    '{{ model.schema }}.{{ model.identifier }}' as _model,
    {{ goldloop._champion_version(model) }}::bigint as _model_version,
    current_timestamp at time zone 'UTC' as _predicted_at,
    '{{ invocation_id }}' as _invocation_id,
    {{ alias }}.{{ adapter.quote(entity_key) }}::varchar as _entity_key,
    md5(to_json({{ fingerprinted }})::varchar) as _input_fingerprint
{%- endmacro %}
