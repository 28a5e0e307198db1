#include "ui/training/ratefield.h"

namespace digitpad {

RateField::RateField(QWidget* parent)
    : NumberField(Steps::Decades, 10, parent)
{
}

} // namespace digitpad
