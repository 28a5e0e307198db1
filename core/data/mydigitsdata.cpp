#include "core/data/mydigitsdata.h"

#include <memory>

namespace digitpad {

LoadedData loadedFrom(const std::vector<MyDigit>& digits)
{
    LoadedData data;
    data.training.name = "My digits";
    for (const MyDigit& digit : digits) {
        data.training.add(*digit.image, digit.digit);
        data.origins.push_back({SampleOrigin::Kind::Strokes, std::make_shared<const Ink>(digit.ink)});
    }
    return data;
}

} // namespace digitpad
