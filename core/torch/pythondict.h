#pragma once

#include <ATen/core/Tensor.h>

#include <map>
#include <string>

namespace digitpad {

using TensorDict = std::map<std::string, at::Tensor>;

/// The tensors of a dict that Python's torch.save() wrote (its zip format, PyTorch 1.6 and later): a
/// state_dict, or a dict that holds one under "state_dict", "model_state_dict" or "model". LibTorch's own
/// reader takes plain dicts alone, and a state_dict is an OrderedDict with attributes.
///
/// Only data is read: names of Python's classes and functions are looked at, and never called; what is no
/// tensor is passed over. Throws BadFile (see pickledict.h), which says what is wrong: "it is damaged or no
/// dict of tensors".
TensorDict readTensorDict(const std::string& bytes);

} // namespace digitpad
