#pragma once

#include <ATen/core/Dict.h>
#include <ATen/core/ivalue.h>

#include <cstdint>
#include <stdexcept>
#include <string>
#include <vector>

/// Dicts as Python's torch.save() writes them and its torch.load() reads them: strings to anything.
namespace digitpad {

using PickleDict = c10::impl::GenericDict;

/// What is wrong with a file; becomes an Error at the reader's edge. The first line is for the person,
/// whatever follows for the log.
class BadFile : public std::runtime_error
{
public:
    using std::runtime_error::runtime_error;
};

PickleDict makePickleDict();

/// None where the key is missing, or the dict, from Python, has keys that are no strings.
c10::IValue findValue(const PickleDict& dict, const std::string& key);
/// Throws BadFile, "`what` is missing", where the value is no dict.
PickleDict asDict(const c10::IValue& value, const std::string& what);
/// Empty where there is none.
std::string stringAt(const PickleDict& dict, const std::string& key);
double numberAt(const PickleDict& dict, const std::string& key, double otherwise);
std::int64_t integerAt(const PickleDict& dict, const std::string& key, std::int64_t otherwise);

/// A file's bytes, of tensors, numbers, strings, dicts and lists of anything, that torch.load() reads in
/// every version of Python's PyTorch. What torch::pickle_save() writes is refused from 2.6 on, unless it is
/// told to run what is in the file: it names the types of dicts and lists by functions of torch.jit. May
/// throw c10::Error.
std::vector<char> pickledDict(const PickleDict& dict);
/// The dict in a pickled file's bytes. Throws BadFile where they hold none.
PickleDict unpickledDict(const std::string& bytes);

} // namespace digitpad
