#pragma once

#include "ui/training/formsection.h"

namespace digitpad {

class ScheduleCurve;

/// How the learning rate changes over the run, drawn as a curve.
class ScheduleSection : public FormSection
{
    Q_OBJECT

public:
    explicit ScheduleSection(QWidget* parent = nullptr);

    void follow(const RunOptions& options) override;
    [[nodiscard]] QString summary(const RunOptions& options) const override;

private:
    void makeFields(FieldGroup* group);
    void showParameters(const QString& schedule);

    QComboBox* m_schedule = nullptr;
    FieldGroup* m_group = nullptr;
    ScheduleCurve* m_curve = nullptr;
};

} // namespace digitpad
