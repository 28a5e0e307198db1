#pragma once

#include "ui/training/formsection.h"

namespace digitpad {

/// What keeps a network from learning by heart, beside dropout, weight decay and varied images.
class RegularisationSection : public FormSection
{
    Q_OBJECT

public:
    explicit RegularisationSection(QWidget* parent = nullptr);

    [[nodiscard]] QString summary(const RunOptions& options) const override;
};

} // namespace digitpad
