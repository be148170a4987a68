"""Arrays, structs and JSON: values of BigQuery's reference, computed by DuckDB."""

import pytest

import goldloop

VALUES = [
    ("[10, 20, 30][offset(0)]", 10),
    ("[10, 20, 30][ordinal(1)]", 10),
    ("[10, 20, 30][1]", 20),
    ("[10, 20, 30][safe_offset(5)]", None),
    ("[10, 20, 30][safe_ordinal(0)]", None),
    ("split('a,b', ',')[offset(1)]", "b"),
    ("split('a,b', ',')[safe_offset(2)]", None),
    ("array_length([1, 2])", 2),
    ("array_length([])", 0),
    ("array_concat([1], [2, 3], [])", [1, 2, 3]),
    ("array_concat([1], null)", None),
    ("array_reverse([1, 2, 3])", [3, 2, 1]),
    ("array_first(['a', 'b'])", "a"),
    ("array_last(['a', 'b'])", "b"),
    ("array_slice(['a', 'b', 'c', 'd', 'e'], 1, 3)", ["b", "c", "d"]),
    ("array_slice(['a', 'b', 'c', 'd', 'e'], -1, 3)", []),
    ("array_slice(['a', 'b', 'c', 'd', 'e'], 1, -3)", ["b", "c"]),
    ("array_to_string(['a', null, 'b'], ',')", "a,b"),
    ("array_to_string(['a', null, 'b'], ',', 'N')", "a,N,b"),
    ("array_to_string([1, 2], '-')", "1-2"),
    ("generate_array(1, 5)", [1, 2, 3, 4, 5]),
    ("generate_array(0, 10, 3)", [0, 3, 6, 9]),
    ("generate_array(10, 0, -5)", [10, 5, 0]),
    ("generate_array(4, 3)", []),
    ("array(select x * 2 from unnest([3, 1, 2]) as x order by x)", [2, 4, 6]),
    ("array(select x from unnest([1, 2]) as x where x > 5)", []),
    ("array(select as struct x, x * 2 as y from unnest([1]) as x)", [{"x": 1, "y": 2}]),
    ("array<int64>[1, 2]", [1, 2]),
    ("array<string>[]", []),
    ("(select sum(x) from unnest([1, 2, 3]) as x)", 6),
    ("(select string_agg(x, '' order by o desc) from unnest(['a', 'b']) x with offset o)", "ba"),
    ("exists(select 1 from unnest([1, 2]) as x where x = 2)", True),
    ("2 in unnest([1, 2])", True),
    ("3 in unnest([1, null])", None),
    ("3 in unnest([])", False),
    # structs
    ("struct(1 as a, 'x' as b)", {"a": 1, "b": "x"}),
    ("struct<a int64, b string>(1, 'x')", {"a": 1, "b": "x"}),
    ("struct<a int64, b string>(1, 'x').b", "x"),
    ("struct(struct(5 as z) as y).y.z", 5),
    ("struct(1 as a) = struct(1 as a)", True),
    ("(1, 'x') = (1, 'x')", True),
    ("(1, 2) in ((1, 2), (3, 4))", True),
    ("(select as struct 1 as a, 'x' as b)", {"a": 1, "b": "x"}),
    # JSON
    ("json_value('{\"a\": \"x\"}', '$.a')", "x"),
    ("json_value('{\"a\": {\"b\": 1}}', '$.a')", None),
    ("json_value('{\"a\": {\"b\": 1.5}}', '$.a.b')", "1.5"),
    ("json_value('{\"a\": null}', '$.a')", None),
    ("json_value('\"x\"')", "x"),
    ("json_value('{\"a.b\": true}', \"$['a.b']\")", "true"),
    ("json_value('{\"a.b\": true}', '$.\"a.b\"')", "true"),
    ("json_extract_scalar('{\"a\": [1, 2]}', '$.a[1]')", "2"),
    ("json_query('{\"a\": {\"b\": 1}}', '$.a')", '{"b":1}'),
    ("json_query('{\"a\": [1, 2]}', '$.a')", "[1,2]"),
    ("json_query_array('[1, {\"a\": 2}]')", ["1", '{"a":2}']),
    ("json_value_array('{\"a\": [\"x\", \"y\"]}', '$.a')", ["x", "y"]),
    ("json_value('{\"a\": 5}', '$.a') = '5'", True),
    ("cast(json_value('{\"a\": 5}', '$.a') as int64) + 1", 6),
    ("int64(json '5')", 5),
    ("string(json '\"x\"')", "x"),
    ("bool(parse_json('true'))", True),
    # TO_JSON_STRING, as the table of JSON encodings prints it
    ("to_json_string(9007199254740991)", "9007199254740991"),
    ("to_json_string(9007199254740993)", '"9007199254740993"'),
    ("to_json_string(3.0)", "3"),
    ("to_json_string(1.5e20)", "1.5e+20"),
    ("to_json_string(0.1)", "0.1"),
    ("to_json_string(cast('inf' as float64))", '"Infinity"'),
    ("to_json_string(null)", "null"),
    ("to_json_string(true)", "true"),
    ("to_json_string('a\"b\\nc/é')", '"a\\"b\\nc/é"'),
    ("to_json_string(date '2017-03-06')", '"2017-03-06"'),
    ("to_json_string(datetime '2017-03-06 12:34:56.789012')", '"2017-03-06T12:34:56.789012"'),
    ("to_json_string(timestamp '2017-03-06 12:34:56.789012+00')", '"2017-03-06T12:34:56.789012Z"'),
    ("to_json_string([1, 2])", "[1,2]"),
    ("to_json_string(struct(1 as id, [10, 20] as xs))", '{"id":1,"xs":[10,20]}'),
    ("to_json_string(struct(1 as id, [10, 20] as xs), true)",
     '{\n  "id": 1,\n  "xs": [\n    10,\n    20\n  ]\n}'),
]  # fmt: skip


@pytest.mark.parametrize(("expression", "expected"), VALUES, ids=[each[0] for each in VALUES])
def test_a_nested_value_is_bigquerys(bigquery, expression, expected):
    assert bigquery.value(expression) == expected


def test_a_row_is_written_as_json_with_its_columns_in_order(bigquery):
    query = "select to_json_string(t) from (select 1 as id, 2.0 as x, date '2024-01-02' as d) as t"
    assert bigquery.column(query) == ['{"id":1,"x":2,"d":"2024-01-02"}']


def test_a_row_has_the_fingerprint_of_its_json(bigquery):
    query = "select farm_fingerprint(to_json_string(t)) = farm_fingerprint('{\"id\":1}')"
    assert bigquery.column(f"{query} from (select 1 as id) as t") == [True]


@pytest.mark.parametrize(
    ("expression", "words"),
    [
        ("[1, 2][offset(2)]", "out of bounds"),
        ("[1, 2][ordinal(0)]", "out of bounds"),
        ("[1, 2][2]", "out of bounds"),
        ("split('a', ',')[offset(1)]", "out of bounds"),
        ("array_first([])", "not empty"),
    ],
)
def test_an_element_that_is_not_there_is_an_error(bigquery, expression, words):
    with pytest.raises(Exception, match=words):
        bigquery.value(expression)


def test_a_field_of_an_element_names_its_column():
    with goldloop.connect() as session:
        result = session.sql(
            "select items[offset(0)].price, items[safe_offset(1)].price as second, "
            "array(select as struct items[0].price)[0].price as within "
            "from (select [struct(2 as price)] as items)"
        )
        assert result.columns == ["price", "second", "within"]
        assert result.fetchall() == [(2, None, 2)]
