#pragma once

#include "core/learning/runrecord.h"

#include <QDialog>

namespace digitpad {

/// Two runs side by side: results and options, those in which they differ marked; only those at will.
class CompareDialog : public QDialog
{
    Q_OBJECT

public:
    CompareDialog(const RunRecord& a, const RunRecord& b, QWidget* parent = nullptr);
};

} // namespace digitpad
