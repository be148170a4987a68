-- Members are judged by the distance to their own centroid, the first of
-- `nearest_centroids_distance`; `separations` holds the distance of every two centroids in
-- the encoded space, either way round. Nothing scored: one row of NULLs.
with _members as (
    select
        centroid_id as cluster_id,
        nearest_centroids_distance[1].distance::double as distance_to_centroid
    from query_table(scored)
    where centroid_id is not null
),

_separations as (
    select centroid_id as cluster_id, other_id, distance::double as separation
    from query_table(separations)
    union
    select other_id as cluster_id, centroid_id as other_id, distance::double as separation
    from query_table(separations)
),

-- BigQuery ML's radius is the root mean square; scikit-learn's index uses the mean.
_clusters as (
    select cluster_id, sqrt(avg(distance_to_centroid * distance_to_centroid)) as radius
    from _members
    group by cluster_id
),

-- The worst neighbour of each cluster that has members; coincident centroids cannot be
-- compared and count as 0, as in scikit-learn. One cluster alone has no index.
_overlaps as (
    select
        one.cluster_id,
        max(coalesce((one.radius + other.radius) / nullif(separation, 0), 0)) as overlap
    from _clusters as one
    inner join _separations on _separations.cluster_id = one.cluster_id
    inner join _clusters as other on other.cluster_id = _separations.other_id
    where one.cluster_id <> other.cluster_id
    group by one.cluster_id
)

select
    (select avg(overlap) from _overlaps) as davies_bouldin_index,
    avg(distance_to_centroid * distance_to_centroid) as mean_squared_distance
from _members
