{#- A model file becomes a card relation and a function of one name: see model.yml. -#}
{% materialization model, adapter='duckdb', supported_languages=['sql', 'python'] %}

    {%- set target_relation = this.incorporate(type='view') -%}
    {%- set existing = load_cached_relation(this) -%}

    {{ run_hooks(pre_hooks, inside_transaction=False) }}

    {#- A Python statement opens no transaction by itself; a SQL one does. -#}
    {% call statement('goldloop_begin') -%} select 1 {%- endcall %}
    {{ run_hooks(pre_hooks, inside_transaction=True) }}

    {#- What the node was before, a table or a view that is no card, makes way. -#}
    {% if existing is not none %}
        {%- set columns = adapter.get_columns_in_relation(existing) | map(attribute='name') -%}
        {% if existing.is_table or 'training_fingerprint' not in columns %}
            {% do adapter.drop_relation(existing) %}
        {% endif %}
    {% endif %}

    {% call statement('main', language='python') -%}
        {{ goldloop._model_job(model, compiled_code) }}
    {%- endcall %}

    {%- set said = run_query(
        "select getvariable('goldloop_failure'), getvariable('goldloop_report')"
    ) -%}
    {% if said.rows[0][0] is not none %}
        {% do exceptions.raise_compiler_error(said.rows[0][0]) %}
    {% endif %}
    {% do log('goldloop: ' ~ said.rows[0][1], info=true) %}

    {% if adapter.type() == 'goldloop' %}
        {% do persist_docs(target_relation, model) %}
        {{ adapter.commit() }}
        {{ goldloop._run_hooks(post_hooks) }}
    {% else %}
        {{ run_hooks(post_hooks, inside_transaction=True) }}
        {% do persist_docs(target_relation, model) %}
        {{ adapter.commit() }}
        {{ run_hooks(post_hooks, inside_transaction=False) }}
    {% endif %}

    {{ return({'relations': [target_relation]}) }}

{% endmaterialization %}
