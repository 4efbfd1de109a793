# Words of the components.
error-summary-title = { $count ->
    [one] One thing needs correction
   *[other] { $count } things need correction
}
error-word = { "Error: " }
verdict-met = Met
verdict-not-met = Not met
verdict-open = To fill in
rules-met = { $met } of { $all } met
rules-ceiling = Highest possible amount
rules-preview = A preview by the system; the review decides.
deadline-left = { $days ->
    [one] { $days } working day left
   *[other] { $days } working days left
}
deadline-today = Due today
deadline-overdue = { $days ->
    [one] { $days } day overdue
   *[other] { $days } days overdue
}
deadline-kept = Done in time
deadline-kept-late = { $days ->
    [one] Done { $days } day late
   *[other] Done { $days } days late
}
deadline-due = by { $date }
diff-old = { "before: " }
diff-new = { "now: " }
filter-label = Filter
filter-search = Search
filter-reset = Reset
filter-export = Export
export-broken = (not whole: reading broke off, what stands above is not all; export it again)
chips-label = Filters in use
chip-drop = drop this filter
pager-label = Pages
pager-shown = { $shown } on this page
pager-shown-of = { $shown } on this page, { $all } in all
pager-first = First page
pager-next = Next page
paper-given = Given
paper-missing = Missing
paper-returned = To be replaced
paper-not-needed = Not needed
paper-hash = Digest
task-not-started = Not started
task-started = Started
task-done = Done
task-faulty = Has faults
task-not-applicable = Not applicable
steps-label = Steps
step-done = { " (done)" }
timeline-label = What happened
row-number = No.
row-tools = Actions
row-delete = Delete
row-add = Add a row
row-label = row { $number }
paste-title = Paste from Excel
paste-label = Copy rows in Excel (without headings) and paste them here:
paste-do = Fill the table
month-number = Month { $month }
region-load-next = Load next level
chart-table = Show the table of data
chart-group = Group
