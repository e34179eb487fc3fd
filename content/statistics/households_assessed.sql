-- Households assessed, by county, UAT and the organisation that keeps the record.
SELECT county, uat, keeper, count(*) AS households
FROM households
WHERE assessed
GROUP BY county, uat, keeper
ORDER BY county, uat, keeper
