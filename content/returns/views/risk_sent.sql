-- Children whose file was sent to the county directorate: the plan of services did not suffice.
SELECT DISTINCT k.period AS period, k.person AS person, k.uat AS uat, k.kind AS kind, k.single AS single
FROM at_risk k
JOIN register_separation_risk r ON r.about = k.person AND r.state = 'sent'
