-- Who was in which service in each period, by referrals that were taken up.
SELECT DISTINCT a.period AS period, r.person AS person, r.household AS household, r.kept_by AS keeper, r.code AS code,
       i.uat AS uat, i.county AS county
FROM referrals r
JOIN asked a ON r.answered <= a.last AND coalesce(r.done, '9999-12') >= a.first
JOIN institutions i ON i.keeper = r.kept_by
WHERE r.status IN ('accepted', 'done') AND r.code IS NOT NULL
