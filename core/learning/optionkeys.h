#pragma once

#include "core/learning/jsonkeys.h"
#include "core/learning/runoptions.h"

/// The options of runoptions.h one by one, for its JSON alone.
namespace digitpad {

const JsonKeys<DataSource>& dataKeys();
/// But for the details.
const JsonKeys<TrainingOptions>& trainingKeys();
const JsonKeys<NetworkDetails>& detailKeys();

} // namespace digitpad
