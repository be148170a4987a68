"""TensorFlow's messages as JSON: statistics (DatasetFeatureStatisticsList) and Anomalies.

Field names are those of `tensorflow_metadata/proto/v0/{statistics,anomalies}.proto`, in
snake case as BigQuery writes them; protobuf's JSON readers take them.
"""

from __future__ import annotations

from goldloop.monitoring.divergence import L_INFTY

_COMMON = """to_json({{
    'num_non_missing': num_rows - num_missing, 'num_missing': num_missing,
    'min_num_values': coalesce(min_length, 1), 'max_num_values': coalesce(max_length, 1),
    'avg_num_values': coalesce(avg_length, 1::double),
    'num_values_histogram': case when length_quantiles is not null then
        {lengths} else null::json end,
    'tot_num_values': coalesce(total_length, num_values)}})"""
# Buckets of equal mass between neighbouring quantiles.
_BETWEEN = """to_json({{'buckets': list_transform(range(1, len({quantiles})), lambda i:
    to_json({{'low_value': {quantiles}[i], 'high_value': {quantiles}[i + 1],
        'sample_count': {total} / (len({quantiles}) - 1)::double}})), 'type': 'QUANTILES'}})"""
_FEATURE = """case when kind = 'STRING' then to_json({{
    'name': name, 'type': kind, 'string_stats': to_json({{
        'common_stats': {common},
        'unique': categories,
        'top_values': list_transform(ranks, lambda r:
            to_json({{'value': r.value, 'frequency': r.count::double}})),
        'avg_length': coalesce(avg_text, 0),
        'rank_histogram': to_json({{'buckets': list_transform(range(1, len(ranks) + 1),
            lambda i: to_json({{'low_rank': i - 1, 'high_rank': i - 1,
                'label': ranks[i].value, 'sample_count': ranks[i].count::double}}))}})}})}})
else to_json({{
    'name': name, 'type': kind, 'num_stats': to_json({{
        'common_stats': {common},
        'mean': coalesce(mean, 0), 'std_dev': coalesce(std, 0), 'num_zeros': num_zeros,
        'min': {low}, 'median': {median}, 'max': {high},
        'histograms': [
            to_json({{'num_nan': num_nan, 'buckets': list_transform(histogram, lambda b:
                to_json({{'low_value': b.low, 'high_value': b.high, 'sample_count': b.count}})),
                'type': 'STANDARD'}}),
            {quantiles}]}})}}) end"""


def described_query(statistics: str) -> str:
    """Return the query of one row, the statistics as a DatasetFeatureStatisticsList in JSON."""
    feature = _FEATURE.format(
        common=_COMMON.format(
            lengths=_BETWEEN.format(
                quantiles="length_quantiles", total="(num_rows - num_missing)::double"
            )
        ),
        quantiles=_BETWEEN.format(
            quantiles="list_filter(quantiles, lambda q: isfinite(q))", total="num_values::double"
        ),
        **{name: _finite(column) for name, column in _ENDS.items()},
    )
    return (
        "select to_json({'datasets': [{'num_examples': max(num_rows), 'features': "
        "list(feature order by position)}]}) as dataset_feature_statistics_list "
        f"from (select position, num_rows, {feature} as feature from ({statistics}) as measured) "
        "as described"
    )


_ENDS = {"low": "min", "median": "median", "high": "max"}


def _finite(column: str) -> str:
    # JSON has no infinities; protobuf's writes them as texts.
    return (
        f"case when isfinite({column}) then to_json({column}) when isnan({column}) then "
        f"to_json('NaN') when {column} > 0 then to_json('Infinity') when {column} < 0 then "
        "to_json('-Infinity') else to_json(0) end"
    )


def read_query(message: str) -> str:
    """Return the query of the statistics in a DatasetFeatureStatisticsList, as far as compared.

    Args:
        message: an expression of JSON; of several datasets the first is read.
    """
    return _READ.format(message=message)


_SHAPE = """'[{{"name": "VARCHAR", "path": {{"step": ["VARCHAR"]}}, "type": "VARCHAR",
    "num_stats": {{"histograms": [{{"type": "VARCHAR", "num_nan": "DOUBLE", "buckets":
        [{{"low_value": "DOUBLE", "high_value": "DOUBLE", "sample_count": "DOUBLE"}}]}}]}},
    "string_stats": {{"rank_histogram": {{"buckets":
        [{{"label": "VARCHAR", "sample_count": "DOUBLE"}}]}}}}}}]'"""
# Fields at their default, which protobuf's JSON leaves out: 0, INT, STANDARD.
_READ = f"""
select row_number() over () as position,
    coalesce(f.name, array_to_string(f.path.step, '.')) as name,
    case when f.string_stats is not null then 'STRING' else coalesce(f.type, 'INT') end as kind,
    list_transform(coalesce(standard.buckets, []), lambda b: struct_pack(
        low := coalesce(b.low_value, 0), high := coalesce(b.high_value, 0),
        count := coalesce(b.sample_count, 0))) as histogram,
    coalesce(standard.num_nan, 0) as num_nan,
    list_transform(coalesce(f.string_stats.rank_histogram.buckets, []), lambda b: struct_pack(
        value := coalesce(b.label, ''), count := coalesce(b.sample_count, 0))) as ranks
from (select f, list_filter(f.num_stats.histograms, lambda h:
        coalesce(h.type, 'STANDARD') = 'STANDARD')[1] as standard
    from (select unnest(from_json(json_extract({{message}}::json, '$.datasets[0].features'),
        {_SHAPE})) as f))
"""


def anomalies_query(comparison: str, detection: str) -> str:
    """Return the query of one row, a comparison as an Anomalies message in JSON.

    Args:
        comparison: the query of `comparison_query`.
        detection: `SKEW` or `DRIFT`.
    """
    kind = detection.casefold()
    versus = "training and serving" if kind == "skew" else "current and previous"
    return _ANOMALIES.format(comparison=comparison, kind=kind, versus=versus, l_infty=L_INFTY)


# Materialized: what `value` is made of would else be planned again wherever it stands.
_ANOMALIES = """
with compared as materialized ({comparison})
select to_json({{
    'anomaly_info': coalesce(to_json(map_from_entries(list(struct_pack(k := name, v := to_json({{
        'path': to_json({{'step': [name]}}),
        'severity': 'ERROR',
        'short_description': short_description,
        'description': description,
        'reason': [to_json({{'type': reason, 'short_description': short_description,
            'description': description}})]}})) order by position) filter (value > threshold))),
        '{{}}'::json),
    'drift_skew_info': coalesce(list(to_json({{
        'path': to_json({{'step': [name]}}),
        '{kind}_measurements': [to_json({{'type': metric, 'value': value,
            'threshold': threshold}})]}}) order by position) filter (value is not null), []),
    'anomaly_name_format': 'SERIALIZED_PATH'}}) as anomalies
from (
    select *,
        case when metric = '{l_infty}' then 'COMPARATOR_L_INFTY_HIGH'
            else 'COMPARATOR_JENSEN_SHANNON_DIVERGENCE_HIGH' end as reason,
        case when metric = '{l_infty}' then 'High Linfty distance between {versus}'
            else 'High approximate Jensen-Shannon divergence between {versus}' end
            as short_description,
        case when metric = '{l_infty}' then 'The Linfty distance between {versus} is '
            else 'The approximate Jensen-Shannon divergence between {versus} is ' end
            || format('{{:.6g}}', value) || ' (up to six significant digits), above the threshold '
            || format('{{:g}}', threshold) || '.' as description
    from compared
) as explained
"""
