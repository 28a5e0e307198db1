#include "core/torch/modelformat.h"

#include <zlib.h>

namespace digitpad {

c10::List<std::string> classNames(std::int64_t outputs)
{
    c10::List<std::string> names;
    for (int digit = 0; digit < digitClasses; ++digit) {
        names.push_back(std::to_string(digit));
    }
    if (outputs == noDigitOutputs) {
        names.push_back("no digit");
    }
    return names;
}

std::int64_t weightsChecksum(DigitNet& network)
{
    uLong sum = crc32(0, nullptr, 0);
    const auto add = [&sum](const torch::Tensor& tensor) {
        const torch::Tensor bytes = tensor.detach().contiguous();
        sum = crc32_z(sum, static_cast<const Bytef*>(bytes.data_ptr()), bytes.nbytes());
    };
    for (const auto& parameter : network.named_parameters()) {
        add(parameter.value());
    }
    for (const auto& buffer : network.named_buffers()) {
        add(buffer.value());
    }
    return static_cast<std::int64_t>(sum);
}

} // namespace digitpad
