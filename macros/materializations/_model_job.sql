{#- The Python text of a model's job: what dbt-duckdb runs on the node's cursor. -#}
{% macro _model_job(node, compiled_code) -%}
    {%- set is_python = node.language == 'python' -%}
    {%- set request = {
        'database': this.database,
        'schema': this.schema,
        'name': this.identifier,
        'training_sql': none if is_python else goldloop._as_duckdb(compiled_code),
        'code': node.raw_code if is_python else none,
        'config_read': goldloop._config_read(node) if is_python else {},
        'ml_config': goldloop._model_setting('ml_config', {}),
        'retrain': goldloop._model_setting(
            'retrain', 'never' if goldloop._model_setting('prevent_overwrite', false) else 'changed'
        ),
        'full_refresh': flags.FULL_REFRESH == true,
        'invocation_id': invocation_id,
        'relations': goldloop._upstream_relations(node),
        'lineage': {'node': node.unique_id, 'depends_on': node.depends_on.nodes},
        'comment': node.description,
        'words': {
            'intended_use': goldloop._model_setting('intended_use', none),
            'not_for': goldloop._model_setting('not_for', none),
            'evaluated_on': goldloop._model_setting('evaluated_on', none),
            'limits': goldloop._model_setting('limits', none),
        },
    } -%}
    {%- if is_python %}
{{ compiled_code }}

_goldloop_train = model

{% else %}
class dbtObj:
    def __init__(self, load_df_function):
        pass

{% endif %}
import json as _goldloop_json
from goldloop.dbt import job as _goldloop_job

_goldloop_request = _goldloop_json.loads({{ tojson(tojson(request)) }})


def model(dbt, con):
    {%- if is_python %}
    _goldloop_job.train_python_model(
        con, _goldloop_request, lambda: _goldloop_train(dbt, con)
    )
    {%- else %}
    _goldloop_job.train_sql_model(con, _goldloop_request)
    {%- endif %}


def materialize(df, con):
    pass
{%- endmacro %}
