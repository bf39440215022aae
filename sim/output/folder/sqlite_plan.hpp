#pragma once

#include "sim/api/race.hpp"
#include "sim/output/folder/sqlite_database.hpp"

/// The plan of a race in results.sqlite: the tables plan, plan_accelerators and plan_sites.
namespace fleetrace::output {

void create_plan_tables(Database& database);
/// Rows of all strategies; none where the run has no plans.
void insert_plans(Database& database, const Run& run);

}  // namespace fleetrace::output
