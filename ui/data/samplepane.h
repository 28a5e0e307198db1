#pragma once

#include "core/data/augmentation.h"
#include "core/data/sampleorigin.h"

#include <QList>
#include <QWidget>

#include <cstdint>
#include <optional>
#include <vector>

class QAction;
class QLabel;

namespace digitpad {

class DataItems;
class NoteLabel;
class PixelGrid;
class SampleStrip;

/// Beside the gallery: the current image large, what is known of it, what can be done with the selected ones,
/// and how training would vary them.
class SamplePane : public QWidget
{
    Q_OBJECT

public:
    /// `items` and the actions outlive the pane. The actions get buttons in this order, two a row.
    SamplePane(DataItems* items, const QList<QAction*>& actions, QWidget* parent = nullptr);

    /// `row` is the current one or -1, `selected` how many are selected; `samples` are the places in the set
    /// of those to vary, as many as the strip has room for.
    void show(int row, int selected, const std::vector<std::size_t>& samples);
    /// What training varies at present; nothing where its data do not vary.
    void setAugmentation(const std::optional<AugmentationOptions>& options);
    /// Of the set that is shown.
    void setOrigins(const std::vector<SampleOrigin>* origins);

private:
    void showFacts(int row, int selected);
    void vary();

    DataItems* m_items;
    PixelGrid* m_grid;
    QLabel* m_title;
    QLabel* m_facts;
    SampleStrip* m_strip;
    NoteLabel* m_stripNote;
    std::vector<std::size_t> m_samples; ///< Those in the strip.
    const std::vector<SampleOrigin>* m_origins = nullptr;
    std::optional<AugmentationOptions> m_augmentation;
    std::uint64_t m_seed = 1;
    int m_request = 0;
};

} // namespace digitpad
