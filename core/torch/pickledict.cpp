#include "core/torch/pickledict.h"

#include <torch/csrc/jit/serialization/import_read.h>
#include <torch/csrc/jit/serialization/pickler.h>
#include <torch/types.h>

#include <caffe2/serialize/inline_container.h>
#include <cstddef>
#include <sstream>

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

std::vector<char> pickledDict(const PickleDict& dict)
{
    std::vector<char> pickle;
    torch::jit::Pickler pickler(
        [&pickle](const char* bytes, std::size_t size) { pickle.insert(pickle.end(), bytes, bytes + size); },
        nullptr, nullptr, nullptr, nullptr, /*tag_aggregates=*/false);
    pickler.protocol();
    pickler.pushIValue(dict);
    pickler.stop();
    std::vector<char> file;
    caffe2::serialize::PyTorchStreamWriter writer([&file](const void* data, std::size_t size) {
        const char* bytes = static_cast<const char*>(data);
        file.insert(file.end(), bytes, bytes + size);
        return size;
    });
    writer.writeRecord("data.pkl", pickle.data(), pickle.size());
    std::size_t number = 0; // As the pickle counts them.
    for (const torch::Tensor& tensor : pickler.tensorData()) {
        const auto data = torch::jit::getWriteableTensorData(tensor);
        writer.writeRecord("data/" + std::to_string(number++), data.data(), data.sizeInBytes());
    }
    writer.writeEndOfFile();
    return file;
}

PickleDict unpickledDict(const std::string& bytes)
{
    IValue value;
    try {
        // Not torch::pickle_load(), which in LibTorch 1.13 reads wherever a damaged archive says, beyond the
        // bytes.
        std::istringstream stream(bytes);
        caffe2::serialize::PyTorchStreamReader reader(&stream);
        value = torch::jit::readArchiveAndTensors("data", "", "", {}, {}, {}, reader);
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
