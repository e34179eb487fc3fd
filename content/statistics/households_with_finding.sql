-- Households in whose newest assessment a finding holds, for the household or any member of it,
-- by county, UAT and the organisation that keeps the record.
SELECT f.code, h.county, h.uat, h.keeper, count(DISTINCT f.household) AS households
FROM findings AS f
JOIN households AS h ON h.household = f.household
GROUP BY f.code, h.county, h.uat, h.keeper
ORDER BY f.code, h.county, h.uat, h.keeper
