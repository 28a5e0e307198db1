#include "core/torch/pickledict.h"

#include <torch/serialize.h>

#include <vector>

namespace digitpad {

using c10::IValue;

PickleDict makePickleDict()
{
    return PickleDict(c10::StringType::get(), c10::AnyType::get());
}

IValue findValue(const PickleDict& dict, const std::string& key)
{
    // A dict from Python may have keys of any type; looking up a string among those throws.
    for (const auto& entry : dict) {
        if (entry.key().isString() && entry.key().toStringRef() == key) {
            return entry.value();
        }
    }
    return {};
}

PickleDict asDict(const IValue& value, const std::string& what)
{
    if (!value.isGenericDict()) {
        throw BadFile(what + " is missing");
    }
    return value.toGenericDict();
}

std::string stringAt(const PickleDict& dict, const std::string& key)
{
    const IValue value = findValue(dict, key);
    return value.isString() ? value.toStringRef() : std::string();
}

double numberAt(const PickleDict& dict, const std::string& key, double otherwise)
{
    const IValue value = findValue(dict, key);
    if (value.isDouble()) {
        return value.toDouble();
    }
    return value.isInt() ? static_cast<double>(value.toInt()) : otherwise;
}

std::int64_t integerAt(const PickleDict& dict, const std::string& key, std::int64_t otherwise)
{
    const IValue value = findValue(dict, key);
    return value.isInt() ? value.toInt() : otherwise;
}

PickleDict unpickledDict(const std::string& bytes)
{
    IValue value;
    try {
        value = torch::pickle_load(std::vector<char>(bytes.begin(), bytes.end()));
    } catch (const c10::Error& error) {
        // The file is at fault, not the program: a backtrace would say nothing.
        throw BadFile(std::string("it is damaged or no model file\n") + error.what_without_backtrace());
    } catch (const std::exception& exception) {
        throw BadFile(std::string("it is damaged or no model file\n") + exception.what());
    }
    if (!value.isGenericDict()) {
        throw BadFile("it is no DigitPad model");
    }
    return value.toGenericDict();
}

} // namespace digitpad
