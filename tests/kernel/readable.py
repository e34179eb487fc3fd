"""Which columns the database holds in clear, and why; all other text is encrypted.

Free text about people is never here. A word of a closed list (`choices`) needs no reason.
"""

READABLE = {
    "searched, sorted and counted: names, places and how somebody is reached (docs/operations.md says so)": """
        people.Household: name folded_name locality address phone folded_address folded_phone
        people.Dwelling: locality address folded_address
        people.Person: family_name given_name also_named phone email folded_phone
        people.OtherName: family_name given_name
        people.NameToken: text
        people.NameSlip: text
    """,
    "counted and filtered: answers as codes and figures, what follows from them, never what was written freely": """
        assessments.Assessment: facts
        assessments.AssessedMember: facts
        assessments.FindingSet: not_assessed scores
        assessments.Finding: code dimension explanation because_of
        assessments.ListedFact: name choice
        cases.Plan: kind
        cases.Objective: codes
        cases.PlannedService: service interventions refer_to findings role
        cases.Intervention: code
        cases.CaseFacet: facet
        cases.CaseDeadline: rule
        cases.GuestDeadline: rule
        cases.Approval: given_by
    """,
    "a digest or an identifier, by which a row is found and which tells nothing": """
        kernel.KeyFingerprint: name digest
        people.Person: cnp_index
        accounts.User: password
        accounts.FormDraft: key
        accounts.KeptView: listing
        accounts.SentForm: key content location
        accounts.SignInFailure: account address
        accounts.KnownAddress: account address
        accounts.OnceLink: purpose digest
        satisfaction.OpinionSheet: digest
        assessments.PackVersion: digest
        assessments.PackUpload: digest
        assessments.AssessmentDraft: instance_id
        assessments.Assessment: instance_id digest
        cases.CalendarFeed: digest
        cases.CaseDeadline: subject
        cases.GuestDeadline: subject guest
        devices.Device: username secret_digest former_digest
        petitions.Petition: code_digest once
        benefits.Application: code_digest once
        petitions.Attachment: path
        petitions.Knock: door who
        notifications.Notification: code_digest once
        notifications.NotifiedMark: mark
        publication.PublishedFile: path
        documents.ChosenEvent: key digest
        documents.FiledPage: path
        reports.Photograph: path
        documents.SignedCopy: path
        fieldwork.ReceivedForm: instance_id digest refused
        fieldwork.ReceivedFile: digest
        fieldwork.FieldEntry: digest
        fieldwork.FieldFile: digest
        people.TakenRow: row digest
        sessions.Session: session_key
        usersessions.UserSession: session_key
        account.EmailConfirmation: key
    """,
    "a code or a setting": """
        people.LikelyPair: speaks_for speaks_against
        people.Consent: purpose
        accounts.ConfidentialityPromise: version
        accounts.KeptLonger: key
        people.Sharing: parts ground
        organizations.Contact: duty
        accounts.User: language
        accounts.TrailEntry: verb
        assessments.PackVersion: name version files
        assessments.PackUpload: name version files
        cases.RuleSwitch: rule
        gatherings.Body: kind
        gatherings.Seat: role
        gatherings.Series: kind
        gatherings.Meeting: kind reason themes methods
        gatherings.AgendaItem: source
        cases.DutyDone: rule
        cases.Transfer: ground
        devices.Device: application packs
        documents.IssuedDocument: template_version compartments entry
        documents.FiledDocument: kind
        documents.FiledPage: content_type
        documents.SignedCopy: content_type
        fieldwork.FieldEntry: kind
        fieldwork.FieldFile: media_type
        fieldwork.FieldConflict: chosen
        petitions.Petition: language
        benefits.Application: benefit language brought
        benefits.Confirmation: what
        benefits.Seeming: entitlement
        petitions.Attachment: content_type
        notifications.Notification: channel kind compartment reasons package
        notifications.NotifiedAbuse: kind
        notifications.HotlineCall: line kind outcome
        emergencies.Emergency: kind
        emergencies.Listed: language needs left_to
        publication.PublishedFile: extension content_type
        publication.DutyOwner: duty
        publication.DutyMet: duty
        programmes.NodeReport: node period
        programmes.IndicatorFigure: indicator part bound extract query
        programmes.Participation: part
        programmes.UatNeed: kind
        returns.Sheet: form period values counted before_values faults extract
        returns.SheetCorrection: row column
        gatherings.Opened: parts
        reports.Report: kind about extract figures
        reports.Photograph: part
        reports.ReportDraft: part
        reports.ReportVersion: extract kind_version
        statistics.PublishedCount: code
        statistics.PublishedTable: key counts words coded sums numbers certificate
        satisfaction.Opinion: month form answers
        statistics.Extract: name files queries
    """,
    "names of fields, codes and identifiers; verbs write no personal data in it": """
        accounts.TrailEntry: changes
    """,
    "who works here: shown to colleagues, sorted and searched": """
        accounts.User: email name profession phone
        accounts.Team: name
        account.EmailAddress: email
        usersessions.UserSession: user_agent data
        devices.Device: name
    """,
    "unique in its form and compared by the database; the device makes it, nobody writes it": """
        fieldwork.ReceivedFile: name
    """,
    "a public directory or register": """
        territory.County: code name region
        territory.Uat: name kind
        territory.Community: name source
        territory.Outline: geometry source
        organizations.Organization: name folded_name short_name fiscal_code phone email website address source
        directory.NomenclatureCode: code name beneficiaries note
        directory.EligibleCode: line
        directory.Location: address
        directory.Service: name folded_name segment description phone email website eligibility price
        directory.Service: required_papers languages accessibility hours_note
        directory.ServiceSource: dataset line printed
        directory.Licence: number issued_by
        directory.StatusPeriod: reason
        directory.Proposal: values before
        directory.Capacity: printed source
        directory.OccupancySnapshot: source
        gatherings.Body: title act
        gatherings.Series: title place
        programmes.Programme: key title short digest definition
        programmes.ProgrammeVersion: digest definition
        statistics.StatedNeed: dataset component beneficiaries service_kind vulnerability need note
    """,
    "published, or written to be": """
        publication.PublishedItem: title summary duty withdrawn_because
        publication.PublishedFile: name
        publication.DutyMet: words
        annual_plans.AnnualPlan: title note answers
        annual_plans.PlanVersion: content remarks decision
        annual_plans.ExistingService: source_line code_printed provider name capacity_printed remark
        annual_plans.NewService: source_line code_printed name beneficiaries per_day_printed places_printed staff
        annual_plans.NewService: budget_words justification
        annual_plans.EligibleRow: source_line code_printed name beneficiaries
        annual_plans.SubsidyRow: source_line code_printed cpv
        annual_plans.Campaign: source_line name objectives period responsible
        annual_plans.TrainingRow: source_line label category budget_words
        annual_plans.ConsultedProvider: source_line name
        annual_plans.PlanText: source_line label text detail responsible
    """,
    "encrypted by whoever writes it": """
        mfa.Authenticator: data
        fieldwork.ReceivedFile: content
        fieldwork.FieldFile: content
        fieldwork.FilePiece: content
    """,
    "of a register: its file, and of an entry what is no text (what is written in words is encrypted in `texts`)": """
        registers.RegisterVersion: key version digest definition
        registers.Entry: register state values overlap_key
        registers.EntryRevision: state values move
        registers.EntryValue: register field compartment word
        registers.EntryMark: register field mark
        waiting.WaitingEntry: reasons
        protection.FamilySearch: needs
    """,
    "keys of content, what a group or a body is called to everybody, and the act that made it: no resident": """
        gatherings.Body: kind title act
        gatherings.Seat: role
        gatherings.Series: kind title place
        gatherings.Meeting: kind reason themes methods
        gatherings.AgendaItem: source
        gatherings.DayNote: meals
        gatherings.TrainingPlace: category
    """,
    "of the session or for a while: no record of anybody is kept there": """
        sessions.Session: session_data
        kernel.CacheEntry: cache_key value
    """,
    "of Django and allauth, about no resident": """
        auth.Permission: name codename
        auth.Group: name
        contenttypes.ContentType: app_label model
        socialaccount.SocialApp: provider provider_id name client_id secret key settings
        socialaccount.SocialAccount: provider uid extra_data
        socialaccount.SocialToken: token token_secret
    """,
}


def readable_columns() -> set[str]:
    """Each as `application.Model.column`."""
    lines = [line for named in READABLE.values() for line in named.strip().splitlines()]
    return {
        f"{model.strip()}.{column}"
        for model, _colon, columns in (line.partition(":") for line in lines)
        for column in columns.split()
    }
